"""The judges, one file a relation. Import each from its file: nothing is re-exported here."""
