import { sqliteSaver } from '../support/bare-savers.js'
import { describeBareTable } from './bare-table.js'

describeBareTable('SqliteSaver', sqliteSaver)
