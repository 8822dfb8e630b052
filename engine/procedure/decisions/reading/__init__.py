"""From the XML of a decision file to decisions ready to run."""
