"""The engine: a complaint procedure executed as BPMN, with a journal, deadlines and no knowledge of the web."""
