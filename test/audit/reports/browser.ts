import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CANDIDATES = [
  process.env.TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
export const chromiumProgram = CANDIDATES.find((file) => file !== undefined && file !== '' && existsSync(file))

/** A page of a report, opened from disk as a person does, and all that it did besides. */
export interface OpenReport {
  readonly page: Page
  /** Console messages, uncaught errors, violations of the policy, dialogs. */
  readonly complaints: string[]
  /** Every request but the file itself. */
  readonly requests: string[]
  close(): Promise<void>
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumProgram!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })

export async function openReport(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-report-'))
  const file = path.join(directory, 'report.html')
  writeFileSync(file, html)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', async (dialog) => {
    complaints.push(`dialog ${dialog.message()}`)
    await dialog.dismiss()
  })
  const url = pathToFileURL(file).href
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) requests.push(request.url())
  })
  await page.goto(url)
  return {
    page,
    complaints,
    requests,
    close: async () => {
      await context.close()
      rmSync(directory, { recursive: true })
    },
  }
}
