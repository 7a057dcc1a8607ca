import { walkInModes } from './walk-in-modes.ts'

// The modes that portrait and landscape leave to the long run.
walkInModes('portrait', [
  'English',
  'English, high contrast',
  'Japanese, large letters',
  'Vietnamese, within reach',
  'Japanese, largest letters, within reach',
])
walkInModes('landscape', [
  'Japanese',
  'Japanese, high contrast',
  'Japanese, within reach',
  'English, largest letters, within reach',
])
