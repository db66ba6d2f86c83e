// GO Feature Flag's client for browsers: it asks `/v1/allflags`, asks again when the WebSocket `/ws/v1/flag/change` tells of
// a change, and tells `/v1/data/collector` of what it answered.
import { ErrorCode } from '@openfeature/core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../relay.mjs';
import { assertDefault, contract } from './contract.mjs';

contract('go-feature-flag', (world) => {
    test('a wrong key gives the default where the relay wants one', async () => {
        const { relay, access, open } = world();
        const wrong = await open(relay, 'wrong-key');
        const details = await wrong.details('Number', 'an-integer', 7);
        if (access.key === undefined) assert.equal(details.value, 42);
        else {
            assertDefault(details, 7, ErrorCode.FLAG_NOT_FOUND);
            assert.equal(await wrong.text('h1'), 'not yet');
        }
        await wrong.close();
    });

    test('what it answered reaches the exporters', async () => {
        const { relay, access, open } = world();
        const app = await open(relay, access.key, { targetingKey: 'eve' });
        await app.details('Boolean', 'a-boolean', false);
        await app.details('String', 'nowhere', 'mine');
        const events = await eventually(
            async () => (await relay.eventsOf('eve')).filter((event) => /^(a-boolean|nowhere)$/.test(event.key)),
            (seen) => seen.length === 2,
        );
        const [answer, missing] = events.sort((one, other) => (one.key < other.key ? -1 : 1));
        assert.equal(answer.variation, 'on');
        assert.equal(answer.value, true);
        assert.equal(answer.default, false);
        assert.equal(missing.variation, 'SdkDefault');
        assert.equal(missing.value, 'mine');
        assert.equal(missing.default, true);
        for (const event of events) {
            assert.equal(event.source, 'PROVIDER_CACHE');
            assert.deepEqual(event.metadata, { openfeature: true, provider: 'web' });
        }
        await app.close();
    });
});
