"""Pages as pure functions: theorems and measurements in, MyST text out."""
