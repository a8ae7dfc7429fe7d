import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeUnauthorizedReader } from './unauthorized-reader.js'

describeUnauthorizedReader('MemorySaver', memorySaver)
describeUnauthorizedReader('SqliteSaver', sqliteSaver)
