import type { Rule } from '../../detect/types.js'
import { airtable } from './airtable.js'
import { atlassian } from './atlassian.js'
import { buildkite } from './buildkite.js'
import { circleci } from './circleci.js'
import { datadog } from './datadog.js'
import { docker } from './docker.js'
import { dockerSwarm } from './docker-swarm.js'
import { figma } from './figma.js'
import { github } from './github.js'
import { gitlab } from './gitlab.js'
import { grafana } from './grafana.js'
import { linear } from './linear.js'
import { newrelic } from './newrelic.js'
import { notion } from './notion.js'
import { npm } from './npm.js'
import { posthog } from './posthog.js'
import { postman } from './postman.js'
import { prefect } from './prefect.js'
import { pypi } from './pypi.js'
import { rubygems } from './rubygems.js'
import { sentry } from './sentry.js'
import { sourcegraph } from './sourcegraph.js'
import { trello } from './trello.js'

export const devtools: readonly Rule[] = [
  ...airtable,
  ...atlassian,
  ...buildkite,
  ...circleci,
  ...datadog,
  ...docker,
  ...dockerSwarm,
  ...figma,
  ...github,
  ...gitlab,
  ...grafana,
  ...linear,
  ...newrelic,
  ...notion,
  ...npm,
  ...posthog,
  ...postman,
  ...prefect,
  ...pypi,
  ...rubygems,
  ...sentry,
  ...sourcegraph,
  ...trello,
]
