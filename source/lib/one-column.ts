/**
What stands in one column of a terminal each, and joins nothing beside it: signs of our own screens and what Latin scripts write. Without those that
may be shown as emoji (©, ®, ‼). A test holds it against string-width.
*/
export const inOneColumn = /^[\u0020-\u007E\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u017F\u2010-\u2027\u2030-\u203B\u2190-\u2193\u2500-\u257F]*$/;
