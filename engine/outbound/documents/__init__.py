"""Documents on paper: a template and values become one page layout, in the browser and as PDF."""
