package dev.jackstaff.verify.architecture.planted.retrievers.file;

import dev.jackstaff.verify.architecture.planted.retrievers.http.PlantedHttp;

record FileThatKnowsHttp(PlantedHttp http) {}
