"""Outside view: how past conflicts like this one ended, by month, from coefficients that are shipped."""
