const nothing = new Set(['unknown', 'null', '.', '-'])

/** The text, unless it is one of the words that Okta writes where it knows nothing. */
export function known(value: string | undefined): string | undefined {
  return value === undefined || nothing.has(value.toLowerCase()) ? undefined : value
}
