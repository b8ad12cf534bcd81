"""The files of a release: what people download, cite and load elsewhere."""
