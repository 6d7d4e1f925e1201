/** Bytes that mean something in JSON. */
export const Tab = 0x09
export const Lf = 0x0a
export const Cr = 0x0d
export const Space = 0x20
export const Quote = 0x22
export const Comma = 0x2c
export const Colon = 0x3a
export const OpenArray = 0x5b
export const Backslash = 0x5c
export const CloseArray = 0x5d
export const OpenObject = 0x7b
export const CloseObject = 0x7d
