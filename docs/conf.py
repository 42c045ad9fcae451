"""Sphinx's configuration of the site: nothing is loaded from outside its own folder, nothing of the day is written."""

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx_copybutton",
    "gradproof_docs.docstrings",
    "gradproof_docs.signatures",
    "gradproof_docs.uses",
    "gradproof_docs.extension",
]
project = "gradproof"
author = "gradproof contributors"
language = "en"
exclude_patterns = ["generated/*"]  # included by other pages
nitpicky = True
nitpick_ignore_regex = [  # signatures stand as they are typed; no inventory of another project is fetched
    ("py:class", r"[A-Z]\w*"),
    ("py:class", r"(numpy|sympy|pathlib|numerics\.drawing)\..*"),
    ("py:class", r"None\.n|units"),
]
show_warning_types = True
smartquotes = False  # phi'(z) is a derivative

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_disable_syntax = ["html_block", "html_inline"]  # what a theorem says is text, whatever it looks like
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True

mathjax_path = "mathjax4/tex-chtml.js"  # below _static
mathjax4_config = {
    "loader": {
        "load": ["a11y/assistive-mml"],
        "paths": {
            "fonts": "[mathjax]",
            "mathjax-newcm": "[mathjax]/newcm",
        },  # else \mathcal would be fetched from outside
    },
    "output": {"displayOverflow": "linebreak", "scale": 0.92},  # the letters of Inter are tall
    "options": {  # no speech engine among our files; no menu, which would make each formula a stop of the tab key
        "enableSpeech": False,
        "enableBraille": False,
        "enableExplorer": False,
        "enableEnrichment": False,
        "enableMenu": False,
        "menuOptions": {"settings": {"enrich": False, "speech": False, "braille": False, "assistiveMml": True}},
    },
}

html_theme = "furo"
html_title = "gradproof"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_additional_pages = {"404": "404.html"}
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_favicon = "_static/favicon.svg"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_last_updated_fmt = None
html_domain_indices = False  # the general index has all
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"
