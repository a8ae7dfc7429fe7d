/**
 * The page's script. It only hides, shows and reorders what the page holds already and writes text: it makes no markup,
 * so nothing in a report can become code. Its hash is in the page's policy.
 */
export const PAGE_SCRIPT = String.raw`
'use strict';
(() => {
  const PAGE_SIZE = 50
  const root = document.documentElement
  const byId = (id) => document.getElementById(id)
  root.classList.add('js')

  const THEMES = ['auto', 'light', 'dark']
  const themeButton = byId('theme')
  const stored = () => { try { return localStorage.getItem('secret-safe-theme') } catch { return null } }
  const setTheme = (theme) => {
    if (theme === 'auto') delete root.dataset.theme
    else root.dataset.theme = theme
    themeButton.textContent = theme[0].toUpperCase() + theme.slice(1)
    themeButton.setAttribute('aria-label', themeButton.textContent + ' colours')
  }
  let theme = THEMES.includes(stored()) ? stored() : 'auto'
  setTheme(theme)
  themeButton.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]
    setTheme(theme)
    try { localStorage.setItem('secret-safe-theme', theme) } catch { /* A file opened from disk may have no storage. */ }
  })

  const list = byId('list')
  if (list === null) return
  const rows = [...list.children]
  const [query, provider, order, picked, more, status, nothing] =
    ['query', 'provider', 'order', 'picked', 'more', 'status', 'nothing'].map(byId)
  const severities = [...document.querySelectorAll('input[name=severity]')]
  const texts = new Map()
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase())
    return texts.get(row)
  }
  const number = (row, name) => Number(row.dataset[name])
  const dated = (row, without) => (row.dataset.first === '' ? without : number(row, 'first'))
  const ORDERS = {
    urgency: (a, b) => number(a, 'row') - number(b, 'row'),
    threads: (a, b) => number(b, 'threads') - number(a, 'threads'),
    copies: (a, b) => number(b, 'copies') - number(a, 'copies'),
    oldest: (a, b) => dated(a, Infinity) - dated(b, Infinity) || 0,
    newest: (a, b) => dated(b, -Infinity) - dated(a, -Infinity) || 0,
  }
  let pickedRows = null
  let limit = PAGE_SIZE

  const matching = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = new Set(severities.filter((box) => box.checked).map((box) => box.value))
    return rows.filter((row) =>
      (wanted.size === 0 || wanted.has(row.dataset.severity)) &&
      (provider.value === '' || row.dataset.provider === provider.value) &&
      (pickedRows === null || pickedRows.has(row.dataset.row)) &&
      words.every((word) => textOf(row).includes(word)))
  }
  const update = () => {
    const found = matching()
    const page = found.slice(0, limit)
    const shown = new Set(page)
    for (const row of rows) if (row.hidden === shown.has(row)) row.hidden = !row.hidden
    // Only what is seen must stand in order; to move thousands of rows takes seconds.
    list.append(...page)
    list.hidden = found.length === 0
    nothing.hidden = found.length > 0
    more.hidden = found.length <= limit
    const rest = found.length - shown.size
    more.textContent = 'Show ' + Math.min(PAGE_SIZE, rest) + ' more of ' + rest.toLocaleString('en-US')
    const all = found.length === rows.length
    status.textContent = (all ? '' : found.length.toLocaleString('en-US') + ' of ') + rows.length.toLocaleString('en-US') +
      (rows.length === 1 ? ' secret' : ' secrets') + (rest > 0 ? ', ' + shown.size.toLocaleString('en-US') + ' shown' : '')
  }
  const restart = () => { limit = PAGE_SIZE; update() }
  const reorder = () => {
    rows.sort((a, b) => ORDERS[order.value](a, b) || ORDERS.urgency(a, b))
    restart()
  }
  const setPick = (label, numbers) => {
    pickedRows = numbers
    picked.hidden = numbers === null
    picked.textContent = label
    picked.setAttribute('aria-label', 'Remove the filter ' + label)
  }
  const clear = () => {
    query.value = ''
    provider.value = ''
    for (const box of severities) box.checked = false
    setPick('', null)
    restart()
  }

  byId('controls').addEventListener('submit', (event) => event.preventDefault())
  query.addEventListener('input', restart)
  for (const control of [provider, ...severities]) control.addEventListener('change', restart)
  order.addEventListener('change', reorder)
  more.addEventListener('click', () => {
    const before = rows.findLast((row) => !row.hidden)
    limit += PAGE_SIZE
    update()
    const next = rows.slice(rows.indexOf(before) + 1).find((row) => !row.hidden)
    if (next !== undefined) next.firstElementChild.focus({ preventScroll: true })
  })
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target === null) return
    if (target.closest('[data-clear]') !== null) return clear()
    const pick = target.closest('[data-pick]')
    if (pick === null) return
    clear()
    const { pick: by, value, label } = pick.dataset
    if (by === 'provider') provider.value = value
    else setPick(label, new Set(value.split(' ')))
    restart()
  })
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input,select,textarea') !== null
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      query.focus()
    } else if (event.key === 'Escape' && event.target === query && query.value !== '') {
      query.value = ''
      restart()
    }
  })

  let closed = []
  addEventListener('beforeprint', () => {
    closed = rows.filter((row) => !row.hidden && !row.open)
    for (const row of closed) row.open = true
  })
  addEventListener('afterprint', () => { for (const row of closed) row.open = false })

  // A browser keeps what was typed before a reload.
  reorder()
})()
`
