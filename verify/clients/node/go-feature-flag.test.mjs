// GO Feature Flag's client for Node: it asks `/v1/feature/{key}/eval`, keeps the answers for a while, and tells
// `/v1/data/collector` of those that it gave from memory.
import { GoFeatureFlagProvider } from '@openfeature/go-feature-flag-provider';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { eventually } from '../relay.mjs';
import { ANNA, application, contract } from './contract.mjs';

const axios = createRequire(import.meta.resolve('@openfeature/go-feature-flag-provider'))('axios');

function provider(endpoint, apiKey, more) {
    // A defect of the client: a key that it was given once goes with every request, of whatever provider.
    delete axios.defaults.headers.common.Authorization;
    return new GoFeatureFlagProvider({ endpoint, apiKey, dataFlushInterval: 100, flagCacheTTL: 2_000, ...more });
}

contract(provider, (world) => {
    test('a disabled flag gives the default and says so', async () => {
        const { client } = world();
        const details = await client.getBooleanDetails('disabled', true, ANNA);
        assert.equal(details.value, true);
        assert.equal(details.reason, 'DISABLED');
        assert.deepEqual(await client.getObjectValue('disabled', { a: 1 }, ANNA), { a: 1 });
    });

    test('answers from its memory reach the exporters', async () => {
        const { relay, client } = world();
        const eve = { targetingKey: 'eve' };
        assert.equal((await client.getBooleanDetails('a-boolean', false, eve)).reason, 'STATIC');
        assert.equal((await client.getBooleanDetails('a-boolean', false, eve)).reason, 'CACHED');
        const events = await eventually(() => relay.eventsOf('eve'), (seen) => seen.length === 2);
        for (const event of events) {
            assert.equal(event.key, 'a-boolean');
            assert.equal(event.variation, 'on');
            assert.equal(event.value, true);
            assert.equal(event.default, false);
        }
        assert.deepEqual(events.map((event) => event.source).sort(), ['PROVIDER_CACHE', 'SERVER']);
        assert.equal(
            events.find((event) => event.source === 'PROVIDER_CACHE').metadata.provider,
            'open-feature-js-sdk',
        );
    });

    // The relay tells of the question and the client of its default.
    test('a default that it gave reaches the exporters', async () => {
        const { relay, client } = world();
        assert.equal(await client.getStringValue('nowhere', 'mine', { targetingKey: 'frank' }), 'mine');
        const events = await eventually(() => relay.eventsOf('frank'), (seen) => seen.length === 2);
        for (const event of events) {
            assert.equal(event.key, 'nowhere');
            assert.equal(event.variation, 'SdkDefault');
            assert.equal(event.value, 'mine');
            assert.equal(event.default, true);
        }
        assert.deepEqual(events.map((event) => event.source).sort(), ['PROVIDER_CACHE', 'SERVER']);
    });

    test('an anonymous user stays one', async () => {
        const { relay, client } = world();
        await client.getBooleanValue('a-boolean', false, { targetingKey: 'grace', anonymous: true });
        const [event] = await eventually(() => relay.eventsOf('grace'), (seen) => seen.length === 1);
        assert.equal(event.contextKind, 'anonymousUser');
    });

    test('without memory it asks every time', async () => {
        const { relay, access } = world();
        const client = await application(provider(relay.address, access.key, { disableCache: true }));
        assert.equal((await client.getBooleanDetails('a-boolean', false, ANNA)).reason, 'STATIC');
        assert.equal((await client.getBooleanDetails('a-boolean', false, ANNA)).reason, 'STATIC');
    });
});
