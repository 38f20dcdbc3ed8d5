"""One page a module, one show() each."""
