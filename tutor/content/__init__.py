"""Files → core models, with every problem reported at file:line:column."""
