import { walkInModes } from './walk-in-modes.ts'

walkInModes('landscape', ['English', 'English, high contrast', 'Japanese, large letters', 'English, largest letters'])
