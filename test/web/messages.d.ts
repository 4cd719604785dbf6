/** Compiled by the site’s build, and checked there message by message; tests of sentences compile the catalogue themselves. */
declare module '#messages';
