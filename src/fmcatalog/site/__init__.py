"""The site: pages made from the catalog, drawn by the engine, checked, put in place."""
