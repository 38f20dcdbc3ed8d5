"""From a figure to an Altair chart, defined once for screen and paper."""
