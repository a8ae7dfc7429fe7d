import type { Rule } from '../../detect/types.js'
import { abuseipdb } from './abuseipdb.js'
import { adafruitIo } from './adafruit-io.js'
import { aikido } from './aikido.js'
import { airbrake } from './airbrake.js'
import { airtable } from './airtable.js'
import { amplitude } from './amplitude.js'
import { apolloGraphos } from './apollo-graphos.js'
import { appsignal } from './appsignal.js'
import { appveyor } from './appveyor.js'
import { asana } from './asana.js'
import { atlassian } from './atlassian.js'
import { axiom } from './axiom.js'
import { betterStack } from './better-stack.js'
import { bitrise } from './bitrise.js'
import { browserstack } from './browserstack.js'
import { bugsnag } from './bugsnag.js'
import { builderIo } from './builder-io.js'
import { buildkite } from './buildkite.js'
import { canva } from './canva.js'
import { censys } from './censys.js'
import { checkly } from './checkly.js'
import { chromatic } from './chromatic.js'
import { circleci } from './circleci.js'
import { clickup } from './clickup.js'
import { clojars } from './clojars.js'
import { cloudsmith } from './cloudsmith.js'
import { coda } from './coda.js'
import { codacy } from './codacy.js'
import { codeclimate } from './codeclimate.js'
import { codecov } from './codecov.js'
import { codefresh } from './codefresh.js'
import { codesandbox } from './codesandbox.js'
import { configcat } from './configcat.js'
import { contentful } from './contentful.js'
import { coveralls } from './coveralls.js'
import { cratesIo } from './crates-io.js'
import { crowdin } from './crowdin.js'
import { cypress } from './cypress.js'
import { datadog } from './datadog.js'
import { datocms } from './datocms.js'
import { dbtCloud } from './dbt-cloud.js'
import { depot } from './depot.js'
import { devcycle } from './devcycle.js'
import { docker } from './docker.js'
import { dockerSwarm } from './docker-swarm.js'
import { drone } from './drone.js'
import { dynatrace } from './dynatrace.js'
import { endorLabs } from './endor-labs.js'
import { expo } from './expo.js'
import { figma } from './figma.js'
import { flagsmith } from './flagsmith.js'
import { ghost } from './ghost.js'
import { gitea } from './gitea.js'
import { github } from './github.js'
import { gitlab } from './gitlab.js'
import { gitpod } from './gitpod.js'
import { grafana } from './grafana.js'
import { growthbook } from './growthbook.js'
import { harness } from './harness.js'
import { harvest } from './harvest.js'
import { hasura } from './hasura.js'
import { hex } from './hex.js'
import { honeybadger } from './honeybadger.js'
import { honeycomb } from './honeycomb.js'
import { inngest } from './inngest.js'
import { jenkins } from './jenkins.js'
import { jfrog } from './jfrog.js'
import { kong } from './kong.js'
import { lambdatest } from './lambdatest.js'
import { launchdarkly } from './launchdarkly.js'
import { linear } from './linear.js'
import { localstack } from './localstack.js'
import { loggly } from './loggly.js'
import { logzio } from './logzio.js'
import { lokalise } from './lokalise.js'
import { looker } from './looker.js'
import { metabase } from './metabase.js'
import { mezmo } from './mezmo.js'
import { mixpanel } from './mixpanel.js'
import { newrelic } from './newrelic.js'
import { notion } from './notion.js'
import { npm } from './npm.js'
import { nuget } from './nuget.js'
import { nxCloud } from './nx-cloud.js'
import { octopusDeploy } from './octopus-deploy.js'
import { opsgenie } from './opsgenie.js'
import { packagecloud } from './packagecloud.js'
import { pagerduty } from './pagerduty.js'
import { papertrail } from './papertrail.js'
import { percy } from './percy.js'
import { posthog } from './posthog.js'
import { postman } from './postman.js'
import { prefect } from './prefect.js'
import { pypi } from './pypi.js'
import { rapidapi } from './rapidapi.js'
import { readme } from './readme.js'
import { retool } from './retool.js'
import { rollbar } from './rollbar.js'
import { rootly } from './rootly.js'
import { rubygems } from './rubygems.js'
import { sanity } from './sanity.js'
import { sauceLabs } from './sauce-labs.js'
import { semgrep } from './semgrep.js'
import { sentry } from './sentry.js'
import { shodan } from './shodan.js'
import { shortcut } from './shortcut.js'
import { signoz } from './signoz.js'
import { smartsheet } from './smartsheet.js'
import { snyk } from './snyk.js'
import { socketDev } from './socket-dev.js'
import { sonar } from './sonar.js'
import { sonatype } from './sonatype.js'
import { sourcegraph } from './sourcegraph.js'
import { sourcehut } from './sourcehut.js'
import { stackhawk } from './stackhawk.js'
import { statsig } from './statsig.js'
import { statuspage } from './statuspage.js'
import { storyblok } from './storyblok.js'
import { strapi } from './strapi.js'
import { sumologic } from './sumologic.js'
import { tableau } from './tableau.js'
import { teamcity } from './teamcity.js'
import { teamwork } from './teamwork.js'
import { todoist } from './todoist.js'
import { toggl } from './toggl.js'
import { tolgee } from './tolgee.js'
import { travisCi } from './travis-ci.js'
import { trello } from './trello.js'
import { triggerDev } from './trigger-dev.js'
import { unkey } from './unkey.js'
import { unleash } from './unleash.js'
import { uptimerobot } from './uptimerobot.js'
import { urlscan } from './urlscan.js'
import { veracode } from './veracode.js'
import { virustotal } from './virustotal.js'
import { wakatime } from './wakatime.js'
import { webflow } from './webflow.js'
import { workato } from './workato.js'
import { zuplo } from './zuplo.js'

export const devtools: readonly Rule[] = [
  ...tolgee,
  ...abuseipdb,
  ...adafruitIo,
  ...aikido,
  ...airbrake,
  ...airtable,
  ...amplitude,
  ...apolloGraphos,
  ...appsignal,
  ...appveyor,
  ...asana,
  ...atlassian,
  ...axiom,
  ...betterStack,
  ...bitrise,
  ...browserstack,
  ...bugsnag,
  ...builderIo,
  ...buildkite,
  ...canva,
  ...censys,
  ...checkly,
  ...chromatic,
  ...circleci,
  ...clickup,
  ...clojars,
  ...cloudsmith,
  ...coda,
  ...codacy,
  ...codeclimate,
  ...codecov,
  ...codefresh,
  ...codesandbox,
  ...configcat,
  ...contentful,
  ...coveralls,
  ...cratesIo,
  ...crowdin,
  ...cypress,
  ...datadog,
  ...datocms,
  ...dbtCloud,
  ...depot,
  ...devcycle,
  ...docker,
  ...dockerSwarm,
  ...drone,
  ...dynatrace,
  ...endorLabs,
  ...expo,
  ...figma,
  ...flagsmith,
  ...ghost,
  ...gitea,
  ...github,
  ...gitlab,
  ...gitpod,
  ...grafana,
  ...growthbook,
  ...harness,
  ...harvest,
  ...hasura,
  ...hex,
  ...honeybadger,
  ...honeycomb,
  ...inngest,
  ...jenkins,
  ...jfrog,
  ...kong,
  ...lambdatest,
  ...launchdarkly,
  ...linear,
  ...localstack,
  ...loggly,
  ...logzio,
  ...lokalise,
  ...looker,
  ...metabase,
  ...mezmo,
  ...mixpanel,
  ...newrelic,
  ...notion,
  ...npm,
  ...nuget,
  ...nxCloud,
  ...octopusDeploy,
  ...opsgenie,
  ...packagecloud,
  ...pagerduty,
  ...papertrail,
  ...percy,
  ...posthog,
  ...postman,
  ...prefect,
  ...pypi,
  ...rapidapi,
  ...readme,
  ...retool,
  ...rollbar,
  ...rootly,
  ...rubygems,
  ...sanity,
  ...sauceLabs,
  ...semgrep,
  ...sentry,
  ...shodan,
  ...shortcut,
  ...signoz,
  ...smartsheet,
  ...snyk,
  ...socketDev,
  ...sonar,
  ...sonatype,
  ...sourcegraph,
  ...sourcehut,
  ...stackhawk,
  ...statsig,
  ...statuspage,
  ...storyblok,
  ...strapi,
  ...sumologic,
  ...tableau,
  ...teamcity,
  ...teamwork,
  ...todoist,
  ...toggl,
  ...travisCi,
  ...trello,
  ...triggerDev,
  ...unkey,
  ...unleash,
  ...uptimerobot,
  ...urlscan,
  ...veracode,
  ...virustotal,
  ...wakatime,
  ...webflow,
  ...workato,
  ...zuplo,
]
