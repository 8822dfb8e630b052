"""SpiffWorkflow as this engine uses it: own task classes, parser seams, registry and codec."""
