import { walkInModes } from './walk-in-modes.ts'

// Colours do not depend on the stage, sizes do: each contrast is walked once here and once in landscape, the others in accessibility-rest.
walkInModes('portrait', ['Japanese', 'Japanese, high contrast', 'English, largest letters', 'Japanese, within reach'])
