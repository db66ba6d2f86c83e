/// The API as a document and as a page: [DocumentationRoutes] is the door.
package dev.jackstaff.relay.documentation;
