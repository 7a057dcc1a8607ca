import { walkInModes } from './walk-in-modes.ts'

// The modes that portrait and landscape leave to the long run.
walkInModes('portrait', ['English', 'English, high contrast', 'Japanese, large letters'])
walkInModes('landscape', ['Japanese', 'Japanese, high contrast', 'Japanese, within reach'])
