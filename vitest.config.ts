import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const standIn = resolve(import.meta.dirname, 'test/support/electronStandIn.ts')

export default defineConfig({
  resolve: { alias: { electron: standIn } },
  test: {
    // All cores: the default leaves one idle, which is half of a small machine.
    maxWorkers: '100%',
    // Generous: a timeout is for what hangs, not for a busy machine.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 },
      },
    ],
  },
})
