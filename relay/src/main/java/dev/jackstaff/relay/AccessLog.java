package dev.jackstaff.relay;

import dev.jackstaff.relay.http.Observer;
import dev.jackstaff.relay.http.Served;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line a request, at debug level. It tells the route, not the path, and nothing of headers or bodies: no key, flag
/// or user gets into it.
final class AccessLog implements Observer {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    @Override
    public void served(Served request) {
        LOG.atDebug()
                .addKeyValue("method", request.method())
                .addKeyValue("route", request.route())
                .addKeyValue("status", request.status())
                .addKeyValue("requestBytes", request.requestBytes())
                .addKeyValue("responseBytes", request.responseBytes())
                .addKeyValue("micros", request.nanos() / 1000)
                .log("served");
    }
}
