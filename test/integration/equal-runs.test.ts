import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeEqualRuns } from './equal-runs.js'

describeEqualRuns('MemorySaver', memorySaver)
describeEqualRuns('SqliteSaver', sqliteSaver)
