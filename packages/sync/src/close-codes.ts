/** Why the server ends a connection. */
export const CLOSE = {
  restarting: 1012,
  tryLater: 1013,
  malformed: 4400,
  signedOut: 4401,
  notAMember: 4403,
  otherGeneration: 4409,
  tooLarge: 4413,
  appTooOld: 4426,
  tooFast: 4429
} as const
