import { FanOut } from '../client/fan-out.ts'
import { milliseconds, percentile, type Scenario } from '../figure.ts'
import { withServer } from '../server/bench-server.ts'

const DEVICES = 50
const RATE = 200
const TARGET_MS = { p50: 20, p99: 80 }

/** Time until an edit is durable and has reached all other devices. */
export const latency: Scenario = ({ quick }) =>
  withServer(async server => {
    const fanOut = await FanOut.open(await server.createWorkspace(), DEVICES)
    await fanOut.run(RATE, 2) // warm-up
    const { latencies, ackLatencies, sustained } = await fanOut.run(RATE, quick ? 4 : 15)
    fanOut.assertEqual()
    fanOut.close()
    const p50 = percentile(latencies, 0.5)
    const p99 = percentile(latencies, 0.99)
    return [
      {
        what: `edit → durable and seen by all others, ${DEVICES} clients, ${RATE} edits/s`,
        measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`,
        target: `p50 ≤ ${TARGET_MS.p50} ms, p99 ≤ ${TARGET_MS.p99} ms`,
        passed: sustained && p50 <= TARGET_MS.p50 && p99 <= TARGET_MS.p99,
        peerKey: 'latency'
      },
      {
        what: '  of that, until the sender has the acknowledgement',
        measured: `p50 ${milliseconds(percentile(ackLatencies, 0.5))}, p99 ${milliseconds(percentile(ackLatencies, 0.99))}`,
        target: '',
        passed: null
      }
    ]
  })
