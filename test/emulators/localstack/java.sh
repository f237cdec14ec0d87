#!/bin/sh
# Stands where LocalStack keeps the Java of its own. It is called as
#   java … -javaagent:… -Djava.library.path=… -jar <folder>/DynamoDBLocal.jar -port …
# The agent is in no registry and not needed; the jar comes from Maven with its dependencies beside it; and our own main
# class keeps it on loopback. Everything else is passed on to the machine's Java.
set -- "$@" --end
while [ "$1" != --end ]; do
  argument=$1
  shift
  case $argument in
    -javaagent:*) ;;
    -jar)
      folder=${1%/*}
      shift
      set -- "$@" -cp "$folder:$folder/DynamoDBLocal_lib/*" LoopbackDynamoDB
      ;;
    *) set -- "$@" "$argument" ;;
  esac
done
shift
# Not "java": LocalStack puts this very file first on the path.
exec "$TOCSIN_JAVA" "$@"
