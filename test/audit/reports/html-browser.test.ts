import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { AuditReport } from '../../../src/audit/report.js'
import { htmlReport } from '../../../src/audit/reports/html/html-report.js'
import { junitReport } from '../../../src/audit/reports/junit-report.js'
import { HOSTILE_NAMES, hostileReport } from '../hostile-report.js'
import { buildReport, cleanReport } from '../report-fixture.js'
import { chromiumProgram, launch, type OpenReport, openReport } from './browser.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const reason = chromiumProgram === undefined ? ' (skipped: no Chromium; set TEST_CHROMIUM)' : ''
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const
const report = buildReport({ secrets: 120, complete: false })

/** What runs in the page is text: the repository is not compiled with the DOM's types. */
const openFindings = (limit: number): string =>
  `for (const each of [...document.querySelectorAll('details')].slice(0, ${limit})) each.open = true`

interface Found {
  readonly scripts: number
  readonly odd: number
  readonly handlers: number
  readonly targets: number
  readonly links: readonly string[]
}
const FOUND = `({
  scripts: document.scripts.length,
  odd: document.querySelectorAll('img,iframe,object,embed,base,form[action],body style,math').length,
  handlers: [...document.querySelectorAll('*')]
    .filter((each) => [...each.attributes].some(({ name }) => name.startsWith('on') || name === 'style')).length,
  links: [...document.querySelectorAll('a')].map(({ protocol }) => protocol),
  targets: [...document.querySelectorAll('a[target]')]
    .filter((each) => each.getAttribute('rel') !== 'noopener noreferrer').length,
})`

describe.skipIf(chromiumProgram === undefined)(`the HTML report in Chromium${reason}`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const open = async (of: AuditReport, options?: BrowserContextOptions): Promise<OpenReport> => {
    const opened = await openReport(browser, htmlReport(of), options)
    onTestFinished(() => opened.close())
    return opened
  }
  const visible = (page: Page) => page.locator('details.finding:not([hidden])')

  it.each([
    ['a full one', report],
    ['a clean one', cleanReport()],
    ['one made of hostile names', hostileReport()],
  ])('loads nothing, and breaks no policy: %s', async (_, of) => {
    const { page, complaints, requests } = await open(of)
    await page.evaluate(openFindings(1000))
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
  })

  it('runs no script but its own: the policy stops one that a page is made to hold', async () => {
    const html = htmlReport(cleanReport()).replace(
      '</main>',
      '<script>alert(1)</script><b style="color:red">x</b></main>',
    )
    const opened = await openReport(browser, html)
    onTestFinished(() => opened.close())
    expect(opened.complaints.filter((text) => text.includes('dialog'))).toEqual([])
    expect(opened.complaints.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(2)
  })

  it('makes of no name an element, a handler or a link', async () => {
    const { page } = await open(hostileReport())
    const found = await page.evaluate<Found>(FOUND)
    expect(found).toMatchObject({ scripts: 1, odd: 0, handlers: 0, targets: 0 })
    expect(found.links.filter((protocol) => protocol !== 'https:' && protocol !== 'file:')).toEqual([])
    expect(await page.locator('details.finding').count()).toBe(HOSTILE_NAMES.length)
  })

  it.each(['light', 'dark'] as const)('has no serious fault of accessibility, in %s colours', async (colorScheme) => {
    for (const of of [buildReport({ secrets: 12, complete: false }), cleanReport()]) {
      const { page } = await open(of, { colorScheme, bypassCSP: true })
      await page.evaluate(openFindings(3))
      await page.evaluate(axe)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([])
    }
  })

  it('searches in threads, paths and owners, filters by severity and provider, and says how many are left', async () => {
    const { page } = await open(report)
    const thread = report.secrets[0]!.places.find(({ threadId }) => threadId !== undefined)!.threadId!
    await page.keyboard.press('/')
    await page.keyboard.type(thread)
    const holding = await visible(page).count()
    expect(holding).toBeGreaterThan(0)
    expect(holding).toBeLessThan(120)
    for (const text of await visible(page).allTextContents()) expect(text).toContain(thread)
    await page.keyboard.press('Escape')
    await page.locator('.chip', { hasText: 'critical' }).click()
    expect(await visible(page).count()).toBe(report.summary.bySeverity.critical)
    expect(await page.textContent('#status')).toContain(`${report.summary.bySeverity.critical} of 120 secrets`)
    await page.fill('#query', 'no such thing')
    expect(await page.isVisible('#nothing')).toBe(true)
    await page.click('#nothing button')
    expect(await page.textContent('#status')).toBe('120 secrets, 50 shown')
  })

  it('shows fifty at a time, and the next with the keyboard alone', async () => {
    const { page } = await open(report)
    expect(await visible(page).count()).toBe(50)
    await page.focus('#more')
    await page.keyboard.press('Enter')
    expect(await visible(page).count()).toBe(100)
    await page.keyboard.press('Enter')
    expect(await page.locator('details.finding[open]').count()).toBe(1)
  })

  it('orders by age and by spread', async () => {
    const { page } = await open(report)
    await page.selectOption('#order', 'copies')
    const copies = await page.evaluate<number[]>(
      `[...document.querySelectorAll('details:not([hidden])')].map((row) => Number(row.dataset.copies))`,
    )
    expect(copies).toEqual(
      report.secrets
        .map((secret) => secret.copies)
        .sort((a, b) => b - a)
        .slice(0, 50),
    )
    await page.selectOption('#order', 'oldest')
    const first = await visible(page).first().getAttribute('data-first')
    expect(Number(first)).toBe(Math.min(...report.secrets.map(({ firstSeen }) => firstSeen ?? Number.MAX_VALUE)))
  })

  it('filters by a bar that is clicked, exactly, and lets go of it again', async () => {
    const { page } = await open(report)
    const bar = page.locator('.bars a[data-pick=rows]').last()
    const rows = (await bar.getAttribute('data-value'))!.split(' ')
    await bar.click()
    expect(await visible(page).count()).toBe(Math.min(50, rows.length))
    await page.click('#picked')
    expect(await visible(page).count()).toBe(50)
  })

  it('keeps the colours that were chosen', async () => {
    const { page } = await open(report, { colorScheme: 'light' })
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const light = await background()
    await page.click('#theme')
    await page.click('#theme')
    expect(await page.getAttribute('#theme', 'aria-label')).toBe('Dark colours')
    expect(await background()).not.toBe(light)
    await page.reload()
    expect(await background()).not.toBe(light)
  })

  it.each([
    ['findings', report],
    ['nothing', cleanReport()],
    ['hostile names', hostileReport()],
  ])('does not scroll sideways on a phone, with %s', async (_, of) => {
    const { page } = await open(of, PHONE)
    await page.evaluate(openFindings(40))
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })

  it('can be read without a script: every finding is there, and no control that does nothing', async () => {
    const { page, complaints } = await open(report, { javaScriptEnabled: false })
    expect(await page.locator('details.finding').count()).toBe(120)
    expect(await visible(page).count()).toBe(120)
    expect(await page.locator('#controls').isVisible()).toBe(false)
    expect(await page.locator('#theme').isVisible()).toBe(false)
    await page.locator('summary').first().click()
    expect(await page.locator('.places').first().isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  it('prints every finding that is listed, opened, in dark ink', async () => {
    const { page } = await open(report, { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.locator('details.finding[open]').count()).toBe(50)
    expect(await page.evaluate<string>('getComputedStyle(document.body).color')).toBe('rgb(29, 27, 25)')
    expect((await page.pdf()).length).toBeGreaterThan(50_000)
  })

  it('is proud of a clean store, and says so only when all of it was read', async () => {
    const whole = await open(cleanReport())
    expect(await whole.page.textContent('h1')).toBe('No secret found')
    expect(await whole.page.locator('.mark').count()).toBe(1)
    const part = await open({ ...cleanReport(), complete: false })
    expect(await part.page.textContent('h1')).toBe('No secret found in what was read')
    expect(await part.page.locator('.mark').count()).toBe(0)
    const none = await open({ ...cleanReport(), sources: [] })
    expect(await none.page.textContent('h1')).toBe('Nothing was read')
  })

  it('opens with ten thousand secrets, and says which of them it lists', async () => {
    const { page, complaints } = await open(buildReport({ secrets: 10_000, threads: 3000, maxPlaces: 3 }))
    expect(await page.textContent('.callout')).toContain('The first 2,000 of 10,000 secrets are listed here.')
    await page.fill('#query', 'github')
    expect(await visible(page).count()).toBe(50)
    expect(complaints).toEqual([])
  })

  it("is read by the browser's own XML parser, when it is JUnit, with hostile names", async () => {
    // Past the page's policy, which lets no string be parsed.
    const { page } = await open(cleanReport(), { bypassCSP: true })
    const of = hostileReport()
    const counted = await page.evaluate(`(() => {
      const parsed = new DOMParser().parseFromString(${JSON.stringify(junitReport(of))}, 'application/xml')
      const count = (name) => parsed.querySelectorAll(name).length
      return { errors: count('parsererror'), failures: count('failure') }
    })()`)
    expect(counted).toEqual({ errors: 0, failures: of.secrets.length })
  })
})
