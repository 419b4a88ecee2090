"""Writers of reports; one form a module, none of which decides anything."""
