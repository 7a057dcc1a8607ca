/** Raised when the wire changes (a test pins a hash of it); the hub serves the previous version too. */
export const contractVersion = 1
export const softwareVersion = '0.1.0'
