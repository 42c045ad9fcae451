"""Matrix words: letters, ordered products and sums of symbolic length, and their normal form."""
