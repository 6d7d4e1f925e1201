import { readFile } from 'node:fs/promises'
import { expect, test } from '../support/webHost'

test.use({ hostArgs: ['package.json'] })

test('a dropped file is uploaded, imported and accounted for', async ({ page, host, observed }) => {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('')
  await expect(page.locator('main')).toBeVisible()
  const uploads: number[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('/upload')) uploads.push(response.status())
  })
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['{"no":"format of ours"}\n'], '../../dropped here.jsonl'))
    return transfer
  })
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer })
  await expect.poll(() => uploads, { timeout: 20_000 }).toEqual([200])
  await expect(page.getByText('dropped here.jsonl').first()).toBeVisible({ timeout: 20_000 })
  expect(observed.policyViolations).toEqual([])
})

test('a link of ours downloads, another page’s request for it does not', async ({ page, host }) => {
  await page.goto(host.url)
  await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('')
  // The report is made over a connection of this test's own, with the page's cookie.
  const download = await page.evaluate(async () => {
    const socket = new WebSocket(`ws://${window.location.host}/rpc`)
    await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
    const call = (id: number, method: string, params: unknown) =>
      new Promise<Record<string, unknown>>((done, failed) => {
        socket.addEventListener('message', ({ data }) => {
          const frame = JSON.parse(data)
          if (frame.id !== id || frame.t === 'progress') return
          if (frame.t === 'result') done(frame.result)
          else failed(new Error(`${method}: ${frame.error.message}`))
        })
        socket.send(JSON.stringify({ t: 'call', id, method, params }))
      })
    await call(1, 'case.create', { title: 'Transfer' })
    const made = await call(2, 'report.create', { format: 'json', at: '2026-01-02T03:04:05Z' })
    socket.close()
    return made.download
  })
  const { ref, fileName } = download as { ref: string; fileName: string }
  const waiting = page.waitForEvent('download')
  await page.evaluate((path) => {
    const link = document.createElement('a')
    link.href = path
    document.body.append(link)
    link.click()
  }, `/download/${ref}`)
  const saved = await waiting
  expect(saved.suggestedFilename()).toBe(fileName)
  expect(JSON.parse(await readFile(await saved.path(), 'utf8'))).toBeInstanceOf(Object)
  const bare = await fetch(`${host.origin}/download/${ref}`)
  expect(bare.status).toBe(401)
})
