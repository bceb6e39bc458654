// A CommonJS module that does nothing: what Node itself costs.
