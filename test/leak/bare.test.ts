import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeBareTable } from './bare-table.js'

describeBareTable('MemorySaver', memorySaver, false)
describeBareTable('SqliteSaver', sqliteSaver, true)
