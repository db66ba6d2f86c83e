// The application that asks: a page with React, as an application has it. `window.app` is for the tests.
import { GoFeatureFlagWebProvider } from '@openfeature/go-feature-flag-web-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, OpenFeatureProvider, useBooleanFlagValue, useStringFlagValue } from '@openfeature/react-sdk';
import { createRoot } from 'react-dom/client';

const PROVIDERS = {
    // Without a limit, a defect of the client, it waits no time at all for the answer of the collector, and sends again.
    'go-feature-flag': ({ endpoint, key }) =>
        new GoFeatureFlagWebProvider({ endpoint, apiKey: key, dataFlushInterval: 100, apiTimeout: 10_000 }),
    ofrep: ({ endpoint, key }) =>
        new OFREPWebProvider({
            baseUrl: endpoint,
            headers: key === undefined ? [] : [['Authorization', `Bearer ${key}`]],
            pollInterval: 200,
        }),
};

function Greeting() {
    const greeting = useStringFlagValue('a-string', 'not yet');
    const forPros = useBooleanFlagValue('for-pros', false);
    return (
        <main>
            <h1>{greeting}</h1>
            <p>{forPros ? 'everything' : 'a part of it'}</p>
        </main>
    );
}

window.app = {
    /** Comes back when the client is ready; says why when it is not. */
    async start({ provider, endpoint, key, context }) {
        await OpenFeature.setContext(context);
        let failure;
        try {
            await OpenFeature.setProviderAndWait(PROVIDERS[provider]({ endpoint, key }));
        } catch (error) {
            failure = String(error);
        }
        createRoot(document.body.appendChild(document.createElement('div'))).render(
            <OpenFeatureProvider>
                <Greeting />
            </OpenFeatureProvider>,
        );
        return failure;
    },

    details: (type, flag, ofTheCaller) => OpenFeature.getClient()[`get${type}Details`](flag, ofTheCaller),

    become: (context) => OpenFeature.setContext(context),
};
