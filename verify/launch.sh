# For the scripts of verify/: builds one module with what it needs, unless nothing has changed since, and finds a JDK 25
# the way the build finds it.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# build MODULE SCOPE: sets JAVA and CLASSPATH. SCOPE is Maven's: runtime, or test for the module's tests as well.
build() {
    local module=$ROOT/$1 goal=compile
    [[ $2 == test ]] && goal=test-compile
    local classpath=$module/target/$2.classpath java=$module/target/java
    if [[ ! -s $classpath || ! -s $java ]] || changed_since "$classpath"; then
        echo "building $1 ..." >&2
        (cd "$ROOT" && mvn -q --batch-mode -Dquick -pl "$1" -am "$goal" \
            org.apache.maven.plugins:maven-dependency-plugin:build-classpath \
            -Dmdep.outputFile="target/$2.classpath" -DincludeScope="$2") >&2
        local jdk
        jdk=$("$ROOT/.mvn/jdk-25")
        echo "$jdk/bin/java" > "$java"
    fi
    JAVA=$(<"$java")
    CLASSPATH=$module/target/classes:$(<"$classpath")
    [[ $2 == test ]] && CLASSPATH=$module/target/test-classes:$CLASSPATH
    return 0
}

changed_since() {
    [[ -n $(cd "$ROOT" && find . -name target -prune -o -path ./.git -prune -o \
        \( -path '*/src/*' -o -name pom.xml \) -type f -newer "$1" -print -quit) ]]
}
