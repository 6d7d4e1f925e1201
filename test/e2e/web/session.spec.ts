import { expect, test } from '../support/webHost'

test.use({ hostArgs: ['package.json'] })

test('opens by its link once, takes the token out of the address, and survives a reload', async ({
  page,
  context,
  host,
  observed,
}) => {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.href)).toBe(`${host.origin}/`)
  const cookies = await context.cookies()
  const port = new URL(host.origin).port
  expect(cookies).toMatchObject([{ name: `crosstrail_${port}`, httpOnly: true, sameSite: 'Strict', path: '/' }])
  expect(await page.evaluate(() => document.cookie)).toBe('')
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('token')

  const socket = page.waitForEvent('websocket')
  await page.reload()
  const { isClosed } = await socket.then((opened) => ({ isClosed: opened.isClosed() }))
  expect(isClosed).toBe(false)
  expect(observed.policyViolations).toEqual([])
  expect(observed.foreignRequests).toEqual([])
})

test('does not let a second browser in with a used link', async ({ page, browser, host }) => {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('')
  const stranger = await browser.newContext()
  const other = await stranger.newPage()
  await other.goto(host.url)
  await expect(other.getByText('Open the address that Crosstrail printed')).toBeVisible()
  await stranger.close()
})

test('runs no inline script and makes no markup of text', async ({ page, host }) => {
  await page.goto(host.url)
  const outcome = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => violations.push(violatedDirective))
    const script = document.createElement('script')
    let assigned = ''
    try {
      script.text = 'window.injected = true'
    } catch {
      assigned = 'script text refused'
    }
    let markup = ''
    try {
      document.createElement('div').innerHTML = '<img src=x onerror="window.injected = true">'
    } catch {
      markup = 'innerHTML refused'
    }
    const image = new Image()
    image.src = 'https://evil.example/x.png'
    const fetched = await fetch('https://evil.example/').then(
      () => 'allowed',
      () => 'refused',
    )
    await new Promise((done) => setTimeout(done, 100))
    return { assigned, markup, fetched, injected: Reflect.has(window, 'injected'), violations }
  })
  expect(outcome).toMatchObject({
    assigned: 'script text refused',
    markup: 'innerHTML refused',
    fetched: 'refused',
    injected: false,
  })
  expect(outcome.violations).toEqual(expect.arrayContaining(['require-trusted-types-for', 'img-src', 'connect-src']))
})

test('is out of reach for another page of the same browser', async ({ page, context, host }) => {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('')
  const evil = await context.newPage()
  await evil.route('http://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>evil</title>' }),
  )
  await evil.goto('http://evil.example/')
  const outcome = await evil.evaluate(async (origin) => {
    const simple = await fetch(`${origin}/upload`, { method: 'POST', mode: 'no-cors', body: 'x' }).then(
      (response) => response.type,
      () => 'failed',
    )
    const read = await fetch(`${origin}/`, { credentials: 'include' }).then(
      () => 'read',
      () => 'failed',
    )
    const socket = await new Promise((done) => {
      const opened = new WebSocket(`${origin.replace('http', 'ws')}/rpc`)
      opened.onopen = () => done('open')
      opened.onerror = () => done('failed')
    })
    return { simple, read, socket }
  }, host.origin)
  expect(outcome.read).toBe('failed')
  expect(outcome.socket).toBe('failed')
  expect(['opaque', 'failed']).toContain(outcome.simple)
})
