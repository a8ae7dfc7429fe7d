import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeOfficialSuite } from './official-suite.js'

describeOfficialSuite('MemorySaver', memorySaver)
describeOfficialSuite('@langchain/langgraph-checkpoint-sqlite', sqliteSaver)
