// An ES module that does nothing: what Node itself costs.
