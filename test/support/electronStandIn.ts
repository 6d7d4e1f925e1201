/** Stand-in for the `electron` module in unit tests; grown by the tests of `main` and `preload`. */
export {}
